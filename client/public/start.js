// What must hold before anything else runs or is painted. A file of its own, because the page allows no inline script.
(() => {
  // The page forbids making code from text; zod asks this before it tries. (zod/v4/core/core.js, globalConfig)
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

  let chosen = null;
  try {
    chosen = localStorage.getItem('mantine-color-scheme-value');
  } catch {
    // Storage may be forbidden; the system's theme serves then.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
})();
