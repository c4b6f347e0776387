/**
 * How the tests run: several files at a time, each process one file after the other. What files import is loaded once a
 * process, not once a file: so a file must leave nothing behind, as it must leave no server open. Most of them wait for
 * sockets, for media, for the store or for a browser longer than they compute, so there are more at a time than a small
 * machine has cores. The cluster tests and the browser journeys come after the others and fewer at a time, for each of them
 * is several processes already, and a browser that is short of a core sends less of a picture.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LongestFirst } from './setup/longestFirst.js';

const seconds = 1000;
const together = 3;
const togetherInProcesses = 2;

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    projects: [
      project('contracts', ['contracts', 'client', 'tools'], { groupOrder: 0, timeout: 15 * seconds }),
      project('server', ['server', 'suites', 'conformance'], { groupOrder: 0, timeout: 20 * seconds, needs: ['mediaWorker'], but: 'server/media' }),
      project('media', ['server/media'], { groupOrder: 0, timeout: 20 * seconds, needs: ['mediaWorker'], isAlone: true }),
      project('cluster', ['cluster'], { groupOrder: 1, timeout: 90 * seconds, needs: ['builtHouse', 'mediaWorker'] }),
      project('journeys', ['journeys'], { groupOrder: 1, timeout: 180 * seconds, needs: ['builtHouse', 'mediaWorker'] }),
    ],
    maxWorkers: together,
    allowOnly: false,
    restoreMocks: true,
    passWithNoTests: false,
    sequence: { sequencer: LongestFirst },
  },
});

interface ProjectTraits {
  /** Projects with the same order run side by side; a higher order waits for the lower ones. */
  groupOrder: number;
  /** Limit for one test, in milliseconds; hooks get as much. */
  timeout: number;
  /** Global set-ups in `test/setup/`, by file name. */
  needs?: ('mediaWorker' | 'builtHouse')[];
  /** Each file has a process of its own: WebRTC's native code for Node ends a process that has seen too much of it. */
  isAlone?: boolean;
  /** A folder within its folders that another project has. */
  but?: string;
}

function project(name: string, folders: string[], { groupOrder, timeout, needs = [], isAlone = false, but }: ProjectTraits): TestProjectInlineConfiguration {
  const maxWorkers = groupOrder === 0 ? together : togetherInProcesses;
  return {
    extends: true,
    test: {
      name,
      include: folders.map((folder) => `test/${folder}/**/*.test.{ts,tsx}`),
      exclude: but === undefined ? [] : [`test/${but}/**`],
      pool: 'forks',
      isolate: isAlone,
      environment: 'node',
      testTimeout: timeout,
      hookTimeout: timeout,
      // What is waited for comes when the machine gets to it; a second, as the default is, would be a test of the machine.
      expect: { poll: { timeout: timeout / 2 } },
      maxWorkers,
      sequence: { groupOrder },
      globalSetup: needs.map((need) => fileURLToPath(new URL(`./setup/${need}.ts`, import.meta.url))),
    },
  };
}
