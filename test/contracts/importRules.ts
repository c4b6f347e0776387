/** Who may import whom, as the design has it. Rules are looked at from the top; the first whose `of` matches a file holds. */

interface ImportRule {
  /** The files the rule is about. */
  of: RegExp;
  /** What they may import, besides packages. `$feature` stands for the file's own folder below `server/`. */
  may: string[];
  /** What they may name in types only: the shapes of what is passed in to them. */
  mayInTypes?: string[];
}

const passedIn = ['server/deps.ts', 'server/ground.ts', 'server/platform/**', 'server/media/**'];

/** What a feature is handed besides: the connection a call came in on, the shape of a page it describes. */
const handedToFeatures = [...passedIn, 'server/realtime/**', 'server/http/**'];

/** One rule per kind of file, the special ones first. */
export const importRules: ImportRule[] = [
  { of: /^shared\//, may: ['shared/**'] },
  { of: /^client\//, may: ['client/**', 'shared/**'] },
  { of: /^server\/(app|createDeps|exportChapters|features|main|moneyTables|moveOut|openWorld|world)\.ts$/, may: ['server/**', 'shared/**'] },
  { of: /^server\/config\.ts$/, may: ['shared/**'] },
  { of: /^server\/deps\.ts$/, may: ['shared/**'], mayInTypes: ['server/**'] },
  { of: /^server\/ground\.ts$/, may: ['shared/**'], mayInTypes: ['server/platform/**', 'server/realtime/channels.ts'] },
  { of: /^server\/models\//, may: ['shared/**', 'server/models/**'] },
  { of: /^server\/(platform|media)\//, may: ['shared/**', '$feature/**'], mayInTypes: passedIn },
  { of: /^server\/embedded\//, may: ['shared/**', '$embedded/**'], mayInTypes: passedIn },
  { of: /^server\/access\//, may: ['shared/**', 'server/models/**', 'server/access/**'] },
  { of: /^server\/(realtime|http)\//, may: ['shared/**', 'server/access/actor.ts', '$feature/**'], mayInTypes: passedIn },
  // The demo community is made through the verbs, as people would make it.
  { of: /^server\/demo\//, may: ['shared/**', 'server/*/**'], mayInTypes: passedIn },
  {
    of: /^server\/[^/]+\/.+\.(events|routes)\.ts$/,
    may: ['shared/**', '$feature/**', 'server/realtime/handle.ts', 'server/http/route.ts'],
    mayInTypes: [...handedToFeatures, 'server/access/actor.ts'],
  },
  {
    of: /^server\/[^/]+\/.+\.ts$/,
    may: ['shared/**', 'server/models/**', 'server/access/**', 'server/realtime/channels.ts', '$feature/**'],
    mayInTypes: handedToFeatures,
  },
];

/** Packages that only some folders may use at run time, for what they stand for is told apart there and nowhere else. */
export const packageHomes: { package: RegExp; homes: RegExp }[] = [
  { package: /^mediasoup(\/|$)/, homes: /^server\/media\// },
  { package: /^mediasoup-client(\/|$)/, homes: /^client\/media\// },
  { package: /^socket\.io-client$/, homes: /^client\/api\// },
  { package: /^ioredis$/, homes: /^server\/platform\// },
  { package: /^stripe$/, homes: /^server\/(platform|embedded|tickets|memberships|openWorld\.ts)/ },
  { package: /^lmdb(\/|$)/, homes: /^server\/embedded\// },
];

/**
 * Whether a file of the house may import another.
 *
 * @param from - The importing file, relative to the checkout.
 * @param to - The imported one, alike.
 */
export function mayImport(from: string, to: string, isTypeOnly: boolean): boolean {
  const rule = importRules.find((candidate) => candidate.of.test(from));
  if (!rule) return false;
  const allowed = isTypeOnly ? [...rule.may, ...(rule.mayInTypes ?? [])] : rule.may;
  return allowed.some((pattern) => matches(to, pattern, from));
}

function matches(file: string, pattern: string, from: string): boolean {
  const own = (depth: number): string => from.split('/').slice(0, depth).join('/');
  const glob = pattern.replace('$feature', own(2)).replace('$embedded', own(3));
  const regex = glob.replaceAll('.', '\\.').replaceAll('**', '\0').replaceAll('*', '[^/]*').replaceAll('\0', '.*');
  return new RegExp(`^${regex}$`).test(file);
}
