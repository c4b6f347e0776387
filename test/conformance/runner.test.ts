/** The conformance runner itself: what it takes for a match, and what not. */
import { Binary, Double, Int32, Long, MongoServerError, ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { exceptionFor } from './exceptions.js';
import { checkError } from './expectedErrors.js';
import { match, type MatchContext } from './matching.js';
import { unmetRequirements } from './requirements.js';
import type { Operation, TestCase } from './unifiedFormat.js';

const context: MatchContext = { entity: () => ({ x: 1 }), sessionId: () => ({ id: 5 }) };
const id = new ObjectId();

describe('a value matches', () => {
  it.each<[unknown, unknown, boolean]>([
    [{ a: 1 }, { a: new Double(1), more: true }, true], [{ a: 1 }, { a: 2 }, false], [{ a: { b: 1 } }, { a: { b: 1, more: true } }, false], [[{ a: 1 }], [{ a: 1, more: true }], true], [[1], [1, 2], false],
    [null, undefined, false], [{ a: null }, { a: null }, true], [{ id }, { id: new ObjectId(id.toHexString()) }, true], [{ id }, { id: new ObjectId() }, false],
    [{ a: { $$exists: true } }, { a: null }, true], [{ a: { $$exists: true } }, {}, false], [{ a: { $$exists: false } }, {}, true], [{ a: { $$exists: false } }, { a: 1 }, false],
    [{ $$type: ['int', 'long'] }, Long.fromNumber(1), true], [{ $$type: 'string' }, new Int32(1), false], [{ $$type: 'binData' }, new Binary(Buffer.from([1])), true], [{ $$type: 'object' }, [], false],
    [{ a: { $$unsetOrMatches: 1 } }, {}, true], [{ a: { $$unsetOrMatches: 1 } }, { a: 2 }, false], [{ $$matchesEntity: 'saved' }, { x: 1 }, true], [{ $$matchesEntity: 'saved' }, { x: 2 }, false],
    [{ $$sessionLsid: 'session0' }, { id: 5 }, true], [{ $$sessionLsid: 'session0' }, { id: 6 }, false], [{ $$lte: 5 }, 5, true], [{ $$lte: 5 }, 6, false],
    [{ $$matchesHexBytes: '00FF' }, Buffer.from([0, 255]), true], [{ $$matchesHexBytes: '00ff' }, Buffer.from([0]), false],
    [{ $$matchAsDocument: { a: 1 } }, '{"a":1}', true], [{ $$matchAsDocument: { a: 1 } }, '{"a":1,"b":1}', false], [{ $$matchAsDocument: { $$matchAsRoot: { a: 1 } } }, '{"a":1,"b":1}', true],
  ])('%j and %j: %s', (expected, actual, holds) => {
    expect(match(expected, actual, context) === undefined).toBe(holds);
  });

  it('or the runner says that it does not know', () => {
    expect(() => match({ $$frobnicates: 1 }, 1, context)).toThrow(/\$\$frobnicates/);
  });
});

describe('an error is the one expected', () => {
  const fromServer = new MongoServerError({ message: 'E11000 duplicate key', code: 11000, codeName: 'DuplicateKey', errorLabels: ['Retry'] });
  const fromClient = new TypeError('no such thing');

  it.each<[object, unknown, boolean]>([
    [{ isError: true }, fromClient, true], [{ isClientError: true }, fromClient, true], [{ isClientError: true }, fromServer, false], [{ isClientError: false }, fromServer, true],
    [{ errorContains: 'DUPLICATE' }, fromServer, true], [{ errorContains: 'other' }, fromServer, false], [{ errorCode: 11000, errorCodeName: 'duplicatekey' }, fromServer, true], [{ errorCode: 1 }, fromServer, false],
    [{ errorCode: 11000 }, fromClient, false], [{ errorResponse: { code: 11000 } }, fromServer, true], [{ errorResponse: { code: 1 } }, fromServer, false], [{ errorLabelsContain: ['Retry'] }, fromServer, true],
    [{ errorLabelsContain: ['Other'] }, fromServer, false], [{ errorLabelsOmit: ['Retry'] }, fromServer, false], [{ expectResult: { $$unsetOrMatches: { n: 1 } } }, fromServer, true],
    [{ writeErrors: { 0: { code: 11000 } } }, fromServer, false], [{ isTimeoutError: true }, fromServer, false],
  ])('%j', (expected, error, holds) => {
    expect(checkError(expected, error, context) === undefined).toBe(holds);
  });
});

describe('a case is run', () => {
  const server = { version: [7, 0, 0], topology: 'single' as const };

  it.each<[object[], boolean]>([
    [[], true], [[{ minServerVersion: '7.0' }], true], [[{ minServerVersion: '7.0.1' }], false], [[{ maxServerVersion: '6.99' }, { topologies: ['single'] }], true], [[{ topologies: ['replicaset', 'sharded'] }], false],
    [[{ auth: true }], false], [[{ authMechanism: 'PLAIN' }], false], [[{ serverless: 'forbid' }], true],
  ])('under %j: %s', (requirements, runs) => {
    expect(unmetRequirements(requirements, server) === undefined).toBe(runs);
  });

  it('unless a row of the table says why not', () => {
    const reason = (...operations: Operation[]): string | undefined => {
      const test: TestCase = { description: 'a case', operations };
      return exceptionFor(test, { description: 'a file', schemaVersion: '1.0', tests: [test] });
    };
    expect(reason({ name: 'insertOne', object: 'c', arguments: { document: { _id: 1 } } })).toBeUndefined();
    expect(reason({ name: 'insertOne', object: 'c', arguments: { document: { _id: null } } })).toMatch(/null/);
    expect(reason({ name: 'bulkWrite', object: 'c', arguments: { requests: [{ insertOne: { document: { _id: null } } }] } })).toMatch(/null/);
    expect(reason({ name: 'failPoint', object: 'testRunner' })).toMatch(/fail points/);
  });
});
