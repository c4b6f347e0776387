/** What was typed as a percentage: a number, or null where nothing is. What is no number is not one afterwards either. */
export function readPercent(text: string): number | null {
  const trimmed = text.replace(/%\s*$/, '').trim();
  return trimmed === '' ? null : Number(trimmed);
}
