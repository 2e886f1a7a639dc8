// A news site in Vue: what it shows is its state, which a `show` event changes as a router would.
import { computed, createApp, onUnmounted, shallowRef } from 'vue/dist/vue.esm-bundler.js'

const Site = {
  setup() {
    const shown = shallowRef(window.shown)
    const show = ({ detail }) => (shown.value = { ...shown.value, ...detail })
    addEventListener('show', show)
    onUnmounted(() => removeEventListener('show', show))
    const settings = computed(() => {
      const { order, ...settings } = shown.value
      return settings
    })
    return { shown, settings, comments: { props: ['settings'], template: '<dumka-comments v-bind="settings" />' } }
  },
  template: `<main>
    <template v-for="part in shown.order" :key="part">
      <article v-if="part === 'article'">About {{ settings.page }}</article>
      <dumka-comments v-else-if="part === 'comments'" v-bind="settings" />
    </template>
    <KeepAlive><component :is="shown.order.includes('kept') && comments" :settings="settings" /></KeepAlive>
  </main>`,
}

const app = createApp(Site)
app.config.compilerOptions.isCustomElement = tag => tag.startsWith('dumka-')
app.mount('#root')
