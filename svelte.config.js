import adapter from '@sveltejs/adapter-node';
import { entries } from './latchkey-entries.js';

/** @type {import('@sveltejs/kit').Config} */
const config = {
  kit: {
    adapter: adapter({ out: 'build' }),
    alias: entries,
    // The server refuses what comes from any other site itself (in editor/hooks.server.ts): every method, not forms alone, and
    // with a line in the log. The framework's own check would answer before that.
    csrf: { trustedOrigins: ['*'] },
    files: { src: 'editor', assets: 'editor/static' },
    csp: {
      mode: 'nonce',
      directives: {
        'default-src': ['none'],
        'script-src': ['self'],
        // The hash is of the one style attribute the router itself writes, on its announcer of page changes.
        'style-src': ['self', 'unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
        'img-src': ['self', 'data:'],
        'font-src': ['self', 'data:'],
        'connect-src': ['self'],
        'worker-src': ['self'],
        'manifest-src': ['self'],
        'base-uri': ['none'],
        'form-action': ['self'],
        'frame-ancestors': ['none'],
        'object-src': ['none'],
      },
    },
  },
};

export default config;
