import styles from './styles/Avatar.module.css';

/** One or two letters for a name: first letters of first and last word, or the last two characters of a name in Han script. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = words[0] ?? '';
  if (/^\p{Script=Han}+$/u.test(first)) return [...first].slice(-2).join('');
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return ([...first].slice(0, 1).join('') + [...last].slice(0, 1).join('')).toLocaleUpperCase();
}

/** Which of the eight face colours an id has; the same everywhere and for ever. */
function faceOf(id: string): number {
  return (Number.parseInt(id.slice(-6), 16) % 8) + 1;
}

export interface AvatarProps {
  person: { id: string; name: string };
  size?: 'small' | 'medium' | 'large';
}

/** A person's face: initials on a colour that comes from their id. Decoration only; the name stands beside it. */
export function Avatar({ person, size = 'medium' }: AvatarProps) {
  return (
    <span aria-hidden="true" className={styles['face']} data-size={size} data-face={faceOf(person.id)}>
      {initialsOf(person.name)}
    </span>
  );
}
