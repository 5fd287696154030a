import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { alias } from './latchkey-entries.js';

export default defineConfig({
  plugins: [tailwindcss(), sveltekit()],
  resolve: { alias },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  worker: { format: 'es' },
  // Monaco is one large chunk that only the document pane asks for.
  build: { chunkSizeWarningLimit: 4096 },
});
