import { defineConfig } from 'vitest/config';

// One VS Code at a time; the steps of a flow build on each other.
const inEditor = { fileParallelism: false, testTimeout: 60_000, hookTimeout: 180_000 };

// Each file starts servers of its own, and a server is several programs.
const withServers = { fileParallelism: false, testTimeout: 20_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/editor/**', 'test/real-servers/**'],
          globalSetup: ['test/global-setup.mjs'],
          // Also on two cores, of which vitest would leave one to others.
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'servers',
          include: ['test/real-servers/**/*.test.ts'],
          globalSetup: ['test/real-servers/setup.mjs'],
          ...withServers,
        },
      },
      { test: { name: 'editor', include: ['test/editor/**/*.test.ts'], ...inEditor } },
      { test: { name: 'pictures', include: ['test/editor/pictures.ts'], ...inEditor } },
    ],
  },
});
