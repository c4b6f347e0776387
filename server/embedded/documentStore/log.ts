/** What happens in the store's background, told to whoever opened it. */
export type Log = (line: { readonly event: string } & Readonly<Record<string, unknown>>) => void;
