// Keeps in the browser what is the reader's. Where storage is denied or full, the page itself keeps it as long as it stands.

const memory = new Map()

export const storage = {
  getItem(key) {
    try {
      return memory.get(key) ?? localStorage.getItem(key)
    } catch {
      return memory.get(key) ?? null
    }
  },
  setItem(key, value) {
    memory.set(key, value)
    try {
      localStorage.setItem(key, value)
      memory.delete(key)
    } catch {} // denied, or full
  },
  removeItem(key) {
    memory.delete(key)
    try {
      localStorage.removeItem(key)
    } catch {} // denied
  },
}

// 128 random bits in hexadecimal: a key that nobody else will make, or a token.
export const makeToken = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => (byte + 256).toString(16).slice(1)).join('')
