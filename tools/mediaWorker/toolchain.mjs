import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { runChild } from '../setup/child.mjs';
import { findProgram } from '../setup/systemPackages.mjs';

/**
 * Everything a build from source needs, by its Debian package.
 *
 * @type {readonly { package: string, program?: string, header?: string }[]}
 */
const needs = [
  { package: 'flatbuffers-compiler', program: 'flatc' },
  { package: 'libflatbuffers-dev', header: 'flatbuffers/flatbuffers.h' },
  { package: 'libuv1-dev', header: 'uv.h' },
  { package: 'libssl-dev', header: 'openssl/ssl.h' },
  { package: 'libsrtp2-dev', header: 'srtp2/srtp.h' },
];

/**
 * The C++ compiler to use: `CXX`, else the first of the usual names that is on the PATH.
 *
 * @returns {string | undefined}
 */
export function findCompiler() {
  const wanted = process.env.CXX;
  if (wanted) return findProgram(wanted) ?? (path.isAbsolute(wanted) ? wanted : undefined);
  return ['g++', 'clang++', 'c++'].map(findProgram).find((found) => found !== undefined);
}

/**
 * Extra compiler flags of the person's own, from `CXXFLAGS` and `LDFLAGS`: this is how libraries outside the system's
 * folders are found.
 *
 * @returns {{ compile: string[], link: string[] }}
 */
export function ownFlags() {
  const split = (/** @type {string | undefined} */ flags) => (flags ?? '').split(/\s+/).filter((flag) => flag !== '');
  return { compile: split(process.env.CXXFLAGS), link: split(process.env.LDFLAGS) };
}

/**
 * Names the Debian packages that a build from source still lacks on this machine.
 *
 * @param {string} scratchFolder An existing folder for a throw-away source.
 * @returns {Promise<string[]>} Empty when the build can start.
 */
export async function missingPackages(scratchFolder) {
  const compiler = findCompiler();
  const missing = compiler ? [] : ['g++'];
  for (const need of needs) {
    const isHere = need.program
      ? findProgram(need.program) !== undefined
      : compiler !== undefined && (await hasHeader(compiler, String(need.header), scratchFolder));
    if (!isHere) missing.push(need.package);
  }
  return missing;
}

/**
 * Asks the compiler itself, which knows its search path better than any list of folders.
 *
 * @param {string} compiler
 * @param {string} header
 * @param {string} scratchFolder
 * @returns {Promise<boolean>}
 */
async function hasHeader(compiler, header, scratchFolder) {
  const probe = path.join(scratchFolder, 'probe.cpp');
  writeFileSync(probe, `#include <${header}>\n`);
  const result = await runChild(compiler, ['-std=c++20', ...ownFlags().compile, '-E', '-o', `${probe}.i`, probe], {
    output: 'capture',
  });
  return result.code === 0;
}
