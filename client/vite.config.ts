/** How the web client is built: `dist/client`, which the server serves. */
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    sourcemap: true,
    // Inlined as data: URLs they would need a weaker content security policy.
    assetsInlineLimit: 0,
  },
});
