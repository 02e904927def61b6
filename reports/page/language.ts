// uPlot asks Intl for the browser's language as it loads. Under LANG=C a browser says `en-US@posix`, which Intl refuses.
try {
  new Intl.NumberFormat(navigator.language)
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' })
}
