/** Spans of time in words: `30 seconds`, `10 minutes`, `1 day`. */
import { useTranslation } from 'react-i18next';

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A whole number of the largest unit that fits without a rest. */
function formatSpan(seconds: number, language: string, unitDisplay: 'long' | 'short' = 'long'): string {
  const [unit, size] = units.find(([, each]) => seconds >= each && seconds % each === 0) ?? (['second', 1] as const);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay }).format(seconds / size);
}

/** The formatter in the member's language. */
export function useSpan(): (seconds: number, unitDisplay?: 'long' | 'short') => string {
  const language = useTranslation().i18n.language;
  return (seconds, unitDisplay) => formatSpan(seconds, language, unitDisplay);
}
