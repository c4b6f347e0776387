import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runChild } from './child.mjs';
import { cacheFolder } from './house.mjs';

/**
 * @typedef {object} Tally
 * @property {number} passed Tests that passed.
 * @property {number} failed Tests that failed, plus files that could not run at all.
 * @property {number} skipped Tests that did not run.
 * @property {number} code The exit code: 0 only when something passed and nothing failed.
 */

/**
 * Runs vitest and counts. What cannot be counted as a test (a file that does not load, an error outside of any test, a
 * vitest that dies) counts as a failure, so that a run that is not green never reads as one.
 *
 * @param {string[]} args Passed on to vitest: file filters, `-t` and the like.
 * @returns {Promise<Tally>}
 */
export async function runVitest(args) {
  const report = path.join(cacheFolder, 'test', `report-${process.pid}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts'];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const result = await runChild(process.execPath, [...vitest, ...reporters, ...args]);
  const counts = existsSync(report) ? readReport(report) : { passed: 0, failed: 0, skipped: 0 };
  rmSync(report, { force: true });
  const failed = result.code !== 0 && counts.failed === 0 ? 1 : counts.failed;
  return { ...counts, failed, code: failed === 0 && counts.passed > 0 ? 0 : result.code || 1 };
}

/**
 * @param {string} file
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
function readReport(file) {
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const brokenFiles = report.testResults.filter(
    (tested) => tested.status === 'failed' && !tested.assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
