/**
 * MongoDB's own driver test cases for CRUD, in the unified test format. `CONFORMANCE_DIR` names the folder of files (any depth);
 * without it they are looked for beside the project. They run against the embedded store, or whatever `MONGODB_URI` names.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EJSON } from 'bson';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exceptionFor } from './exceptions.js';
import { describeServer, unknownSchema, unmetRequirements, type Server } from './requirements.js';
import { runCase } from './runCase.js';
import type { TestFile } from './unifiedFormat.js';
import { testStore } from '../support/testStore.js';

const folder = path.resolve(process.env['CONFORMANCE_DIR'] ?? path.join(import.meta.dirname, '../../../shared/conformance'));

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

const files = existsSync(folder) ? filesBelow(folder) : [];

let uri: string;
let admin: MongoClient;
let server: Server;
const notRun = new Map<string, number>();

beforeAll(async () => {
  uri = await testStore('conformance');
  admin = await new MongoClient(uri).connect();
  server = await describeServer(admin);
});

afterAll(async () => {
  await admin.close();
  for (const [reason, count] of notRun) process.stdout.write(`conformance: ${count} not run: ${reason}\n`);
});

/** The test files among them, read; other JSON may lie beside. */
const testFiles = files.flatMap((name) => {
  const file = EJSON.parse(readFileSync(name, 'utf8'), { relaxed: true }) as unknown as TestFile;
  return Array.isArray(file.tests) ? [[path.relative(folder, name), file] as const] : [];
});

it.runIf(testFiles.length === 0)('has no test files to run', (context) => {
  process.stdout.write(`conformance: there are no test files in ${path.basename(folder)}, so nothing was held against them\n`);
  context.skip();
});

describe.each(testFiles)('%s', (_title, file) => {
  it.for([...file.tests])('$description', async (test, context) => {
    const reason = unknownSchema(file.schemaVersion) ?? unmetRequirements(file.runOnRequirements, server) ?? unmetRequirements(test.runOnRequirements, server) ?? exceptionFor(test, file);
    if (reason !== undefined) {
      notRun.set(reason, (notRun.get(reason) ?? 0) + 1);
      context.skip(reason);
    }
    await expect(runCase(uri, admin, file, test)).resolves.toBeUndefined();
  });
});
