// Requests a thread in HTML, which the browser reads into a document where nothing runs or loads. Any other answer, such
// as the JSON of a site's own endpoint, is left to the program.

import { build, serialize } from './build.js'

export const fetchThread = (address, form) =>
  new Promise((done, failed) => {
    const request = new XMLHttpRequest()
    request.open(form ? 'POST' : 'GET', address)
    request.timeout = 10000
    request.onreadystatechange = () => {
      const isHtml = /html/.test(request.getResponseHeader('content-type'))
      if (isHtml && request.readyState === 2) request.responseType = 'document'
    }
    request.onload = () => {
      const section = request.responseXML?.querySelector('section.dumka')
      done([section && build(serialize(section), request.responseURL), request])
    }
    request.onerror = request.ontimeout = failed
    request.send(form)
  })
