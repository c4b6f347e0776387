/** Dates, spans and money as people read them, by `Intl` in their language and zone. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney, type Money } from '../../shared/money.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

type Instant = string | number | Date;

/** `Thu 26 Nov, 19:00` in the reader's zone. */
export function formatDateTime(at: Instant, language: string): string {
  const options: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' };
  return new Intl.DateTimeFormat(language, options).format(new Date(at));
}

/** `Fri` within the coming week, else `26 Nov`: short enough for the rail. */
export function formatShortDay(at: Instant, language: string, now: Instant): string {
  const near = Math.abs(new Date(at).getTime() - new Date(now).getTime()) < 6 * dayMs;
  return new Intl.DateTimeFormat(language, near ? { weekday: 'short' } : { day: 'numeric', month: 'short' }).format(new Date(at));
}

/** `26 November 2026`. */
export function formatDate(at: Instant, language: string): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at));
}

/** `January 2026`, from `2026-01`. */
export function formatMonth(month: string, language: string): string {
  return new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`));
}

/** `19:00` in UTC: what books go by, wherever they are read. */
export function formatBookTime(at: Instant, language: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'short', hourCycle: 'h23', timeZone: 'UTC' }).format(new Date(at));
}

/** `Jan 31, 2026` in UTC. */
export function formatBookDay(at: Instant, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(at));
}

/** `19:00`. */
export function formatTime(at: Instant, language: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(new Date(at));
}

/** `19:00:05`, where a minute is too coarse. */
export function formatExactTime(at: Instant, language: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(new Date(at));
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

/** `Today`, `Yesterday`, or the day with its weekday; the year only where it is another one. */
export function formatDay(at: Instant, language: string, now: Instant): string {
  const day = new Date(at);
  const today = new Date(now);
  const days = Math.round((startOfDay(day) - startOfDay(today)) / dayMs);
  if (days === 0 || days === -1) return capitalise(new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day'));
  const year = day.getFullYear() === today.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(day);
}

function capitalise(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/** `in 2 hours`, `3 days ago`. */
export function formatRelative(at: Instant, language: string, now: Instant): string {
  const span = new Date(at).getTime() - new Date(now).getTime();
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (Math.abs(span) >= dayMs) return relative.format(Math.round(span / dayMs), 'day');
  if (Math.abs(span) >= hourMs) return relative.format(Math.round(span / hourMs), 'hour');
  return relative.format(Math.round(span / minuteMs), 'minute');
}

/** The zone's short name at that instant, as `GMT+1`. */
export function formatZone(at: Instant, language: string, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'short', hour: '2-digit' }).formatToParts(new Date(at));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** `1:04:09` or `4:09` from whole seconds. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const tail = `${String(minutes).padStart(hours > 0 ? 2 : 1, '0')}:${String(rest).padStart(2, '0')}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

export interface Format {
  dateTime(at: Instant): string;
  date(at: Instant): string;
  month(month: string): string;
  time(at: Instant): string;
  exactTime(at: Instant): string;
  shortDay(at: Instant): string;
  day(at: Instant): string;
  relative(at: Instant): string;
  zone(at: Instant, timeZone?: string): string;
  clock(seconds: number): string;
  number(value: number): string;
  /** `€18.00`; what a price of nothing is called is the page's to say. */
  money(money: Money): string;
}

/** The formatters in the member's language. */
export function useFormat(): Format {
  const language = useTranslation().i18n.language;
  return useMemo(
    () => ({
      dateTime: (at) => formatDateTime(at, language),
      date: (at) => formatDate(at, language),
      month: (month) => formatMonth(month, language),
      time: (at) => formatTime(at, language),
      exactTime: (at) => formatExactTime(at, language),
      shortDay: (at) => formatShortDay(at, language, Date.now()),
      day: (at) => formatDay(at, language, Date.now()),
      relative: (at) => formatRelative(at, language, Date.now()),
      zone: (at, timeZone) => formatZone(at, language, timeZone),
      clock: formatClock,
      number: (value) => new Intl.NumberFormat(language).format(value),
      money: ({ amount, currency }) => formatMoney(amount, currency, language),
    }),
    [language],
  );
}
