import type { MongoClient } from 'mongodb';
import type { Requirement } from './unifiedFormat.js';

/** The server under test. */
export interface Server {
  /** Major, minor, patch. */
  readonly version: readonly number[];
  readonly topology: 'single' | 'replicaset' | 'sharded';
}

/** Asks the server what it is. */
export async function describeServer(client: MongoClient): Promise<Server> {
  const admin = client.db('admin');
  const { version } = await admin.command({ buildInfo: 1 });
  const hello = await admin.command({ hello: 1 });
  return {
    version: parseVersion(String(version)),
    topology: hello['msg'] === 'isdbgrid' ? 'sharded' : hello['setName'] === undefined ? 'single' : 'replicaset',
  };
}

function parseVersion(version: string): number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10));
}

function compareVersions(left: readonly number[], right: readonly number[]): number {
  for (const at of [0, 1, 2]) {
    const order = (left[at] ?? 0) - (right[at] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

function unmet(requirement: Requirement, server: Server): string | undefined {
  const { minServerVersion: least, maxServerVersion: most, topologies } = requirement;
  if (least !== undefined && compareVersions(server.version, parseVersion(least)) < 0) return `needs server ${least}`;
  if (most !== undefined && compareVersions(server.version, parseVersion(most)) > 0) return `is for servers up to ${most}`;
  if (topologies !== undefined && !topologies.some((one) => one === server.topology || (one === 'sharded-replicaset' && server.topology === 'sharded'))) return `needs topology ${topologies.join(' or ')}`;
  if (requirement.serverless === 'require') return 'needs a serverless instance';
  if (requirement.auth === true || requirement.authMechanism !== undefined) return 'needs authentication';
  if (requirement.csfle !== undefined && requirement.csfle !== false) return 'needs client-side encryption';
  if (requirement.serverParameters !== undefined) return 'needs server parameters';
  return undefined;
}

/** Why a file's version of the format cannot be run; undefined when it can. Minor versions only add to it. */
export function unknownSchema(version: string): string | undefined {
  return parseVersion(version)[0] === 1 ? undefined : `is written in version ${version} of the format`;
}

/** Why requirements do not hold for a server; undefined when one of them does. */
export function unmetRequirements(requirements: readonly Requirement[] | undefined, server: Server): string | undefined {
  if (requirements === undefined || requirements.length === 0) return undefined;
  const reasons = requirements.map((requirement) => unmet(requirement, server));
  return reasons.includes(undefined) ? undefined : reasons.join('; ');
}
