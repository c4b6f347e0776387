/** What the program says when it is open: how to sign in to the demo, or how the first organizer is made. */
import { showCommunity } from '../community/showCommunity.js';
import type { Deps } from '../deps.js';
import { offerSetup } from '../members/offerSetup.js';
import { demoPeople } from './demoCommunity.js';
import { seedDemo } from './seedDemo.js';

/** @returns lines for a person at the terminal. */
export async function welcome(deps: Deps, { maySeed }: { maySeed: boolean }): Promise<string[]> {
  const password = await seedDemo(deps, maySeed);
  if (password !== null) {
    return ['', 'A demo community is inside. Sign in with any of these:', ...demoPeople.map(({ email, role }) => `  ${email.padEnd(26)} ${password}   ${role}`)];
  }
  const { needsOrganizer } = await showCommunity(deps);
  return needsOrganizer ? ['', 'There is no organizer yet. Make the first one here (the link works once):', `  ${await offerSetup(deps)}`] : [];
}
