import type { MemberExport } from '../../shared/contracts/members.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';

/** What one feature keeps of a member, in words and dates rather than ids where it can. Secrets, and what is others', is left out. */
export type Chapter = (deps: Deps, memberId: string) => Promise<unknown>;

/** Everything the house keeps of the actor, a chapter for each feature. */
export async function exportMember(deps: Deps, actor: Actor, chapters: Readonly<Record<string, Chapter>>): Promise<MemberExport> {
  const told = await Promise.all(Object.entries(chapters).map(async ([name, tell]): Promise<[string, unknown]> => [name, await tell(deps, actor.memberId)]));
  return { exportedAt: deps.now().toISOString(), chapters: Object.fromEntries(told) };
}
