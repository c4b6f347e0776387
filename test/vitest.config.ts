/**
 * How the tests run. Two files at a time, each in a process of its own; then the cluster tests one by one, then the
 * browser journeys one by one, for these need the machine to themselves.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const seconds = 1000;

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    projects: [
      project('contracts', ['contracts', 'client', 'tools'], { groupOrder: 0, timeout: 15 * seconds }),
      project('server', ['server', 'suites', 'conformance'], { groupOrder: 0, timeout: 20 * seconds, needs: ['mediaWorker'] }),
      project('cluster', ['cluster'], { groupOrder: 1, timeout: 90 * seconds, needs: ['builtHouse', 'mediaWorker'] }),
      project('journeys', ['journeys'], { groupOrder: 2, timeout: 180 * seconds, needs: ['builtHouse', 'mediaWorker'] }),
    ],
    maxWorkers: 2,
    allowOnly: false,
    passWithNoTests: false,
  },
});

interface ProjectTraits {
  /** Projects with the same order run side by side; a higher order waits for the lower ones. */
  groupOrder: number;
  /** Limit for one test, in milliseconds; hooks get as much. */
  timeout: number;
  /** Global set-ups in `test/setup/`, by file name. */
  needs?: ('mediaWorker' | 'builtHouse')[];
}

function project(name: string, folders: string[], { groupOrder, timeout, needs = [] }: ProjectTraits): TestProjectInlineConfiguration {
  const isAlone = groupOrder > 0;
  return {
    extends: true,
    test: {
      name,
      include: folders.map((folder) => `test/${folder}/**/*.test.{ts,tsx}`),
      pool: 'forks',
      environment: 'node',
      testTimeout: timeout,
      hookTimeout: timeout,
      maxWorkers: isAlone ? 1 : 2,
      fileParallelism: !isAlone,
      sequence: { groupOrder },
      globalSetup: needs.map((need) => fileURLToPath(new URL(`./setup/${need}.ts`, import.meta.url))),
    },
  };
}
