import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** The pages that can be opened without a network: a service worker keeps what these are made of. */
const KEPT_OFFLINE = new Set(['index', 'counter']);

/** Lists, for the service worker, every file that the pages kept offline may load. */
function offlineList(): Plugin {
  return {
    name: 'offline-list',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const wanted = new Set<string>();
      const want = (name: string) => {
        const chunk = chunks.find(({ fileName }) => fileName === name);
        if (!chunk || wanted.has(name)) return;
        wanted.add(name);
        for (const style of chunk.viteMetadata?.importedCss ?? []) wanted.add(style);
        for (const next of [...chunk.imports, ...chunk.dynamicImports]) want(next);
      };
      for (const chunk of chunks) if (chunk.isEntry && KEPT_OFFLINE.has(chunk.name)) want(chunk.fileName);
      this.emitFile({ type: 'asset', fileName: 'offline.json', source: JSON.stringify([...wanted].map((name) => `/${name}`).toSorted()) });
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), offlineList()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: join(import.meta.dirname, 'dist'),
    emptyOutDir: true,
    // Everything is a file of its own: the content security policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_500,
    reportCompressedSize: false,
    rolldownOptions: {
      input: Object.fromEntries(
        ['index', 'counter', 'community', 'street'].map((page) => [page, join(import.meta.dirname, `${page}.html`)]),
      ),
      output: {
        // Packages change rarely, so they have files of their own, which browsers keep over releases. A page loads of antd what it uses itself.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            {
              name: 'antd',
              test: /node_modules\/(antd|@ant-design|@rc-component)\//,
              entriesAware: true,
              entriesAwareMergeThreshold: 10_000,
            },
          ],
        },
      },
    },
  },
  logLevel: 'warn',
});
