/** The emoji that are offered, in groups. Their names are words of the house's languages; any other emoji can be typed. */

export const emojiGroups = [
  {
    name: 'faces',
    emoji: [
      { emoji: '😀', name: 'grinning' }, { emoji: '😄', name: 'smile' }, { emoji: '😂', name: 'joy' }, { emoji: '🙂', name: 'slight_smile' },
      { emoji: '😉', name: 'wink' }, { emoji: '😊', name: 'blush' }, { emoji: '😍', name: 'heart_eyes' }, { emoji: '😎', name: 'sunglasses' },
      { emoji: '🤔', name: 'thinking' }, { emoji: '🤨', name: 'raised_eyebrow' }, { emoji: '😐', name: 'neutral' }, { emoji: '🙄', name: 'eye_roll' },
      { emoji: '😅', name: 'sweat_smile' }, { emoji: '😢', name: 'cry' }, { emoji: '😭', name: 'sob' }, { emoji: '😮', name: 'surprised' },
      { emoji: '🤯', name: 'mind_blown' }, { emoji: '😴', name: 'sleeping' }, { emoji: '🤒', name: 'sick' }, { emoji: '😡', name: 'angry' },
      { emoji: '🥳', name: 'partying' }, { emoji: '🫠', name: 'melting' }, { emoji: '🤗', name: 'hug' }, { emoji: '🙃', name: 'upside_down' },
    ],
  },
  {
    name: 'hands',
    emoji: [
      { emoji: '👍', name: 'thumbs_up' }, { emoji: '👎', name: 'thumbs_down' }, { emoji: '👏', name: 'clap' }, { emoji: '🙌', name: 'raised_hands' },
      { emoji: '🙏', name: 'thanks' }, { emoji: '👋', name: 'wave' }, { emoji: '✋', name: 'hand' }, { emoji: '👌', name: 'ok_hand' },
      { emoji: '✌️', name: 'victory' }, { emoji: '🤞', name: 'fingers_crossed' }, { emoji: '💪', name: 'strong' }, { emoji: '👀', name: 'eyes' },
      { emoji: '🤝', name: 'handshake' }, { emoji: '🫡', name: 'salute' }, { emoji: '🤷', name: 'shrug' }, { emoji: '🤦', name: 'facepalm' },
    ],
  },
  {
    name: 'signs',
    emoji: [
      { emoji: '❤️', name: 'heart' }, { emoji: '🧡', name: 'orange_heart' }, { emoji: '💚', name: 'green_heart' }, { emoji: '💙', name: 'blue_heart' },
      { emoji: '💜', name: 'purple_heart' }, { emoji: '💔', name: 'broken_heart' }, { emoji: '✅', name: 'check' }, { emoji: '❌', name: 'cross' },
      { emoji: '❓', name: 'question' }, { emoji: '❗', name: 'exclamation' }, { emoji: '➕', name: 'plus_one' }, { emoji: '💯', name: 'hundred' },
      { emoji: '⚠️', name: 'warning' }, { emoji: '🔥', name: 'fire' }, { emoji: '✨', name: 'sparkles' }, { emoji: '⭐', name: 'star' },
      { emoji: '🎉', name: 'tada' }, { emoji: '🚀', name: 'rocket' }, { emoji: '💡', name: 'idea' }, { emoji: '⏳', name: 'hourglass' },
    ],
  },
  {
    name: 'things',
    emoji: [
      { emoji: '🐛', name: 'bug' }, { emoji: '🦀', name: 'crab' }, { emoji: '🐍', name: 'snake' }, { emoji: '🐧', name: 'penguin' },
      { emoji: '🐳', name: 'whale' }, { emoji: '🐱', name: 'cat' }, { emoji: '🐶', name: 'dog' }, { emoji: '🦉', name: 'owl' },
      { emoji: '🌱', name: 'seedling' }, { emoji: '🌈', name: 'rainbow' }, { emoji: '☀️', name: 'sun' }, { emoji: '🌙', name: 'moon' },
      { emoji: '☕', name: 'coffee' }, { emoji: '🍵', name: 'tea' }, { emoji: '🍕', name: 'pizza' }, { emoji: '🍰', name: 'cake' },
      { emoji: '🍻', name: 'cheers' }, { emoji: '💻', name: 'laptop' }, { emoji: '🔧', name: 'wrench' }, { emoji: '📦', name: 'package' },
      { emoji: '📌', name: 'pushpin' }, { emoji: '📚', name: 'books' }, { emoji: '🎯', name: 'target' }, { emoji: '🏆', name: 'trophy' },
    ],
  },
] as const;

export type EmojiGroup = (typeof emojiGroups)[number];
export type EmojiName = EmojiGroup['emoji'][number]['name'];

export interface NamedEmoji {
  emoji: string;
  name: EmojiName;
}

/** All of them, in order. */
export const allEmoji: readonly NamedEmoji[] = emojiGroups.flatMap((group): readonly NamedEmoji[] => group.emoji);

/** Those offered first, where there is room for few. */
export const quickEmoji: readonly NamedEmoji[] = [{ emoji: '👍', name: 'thumbs_up' }, { emoji: '❤️', name: 'heart' }, { emoji: '🎉', name: 'tada' }, { emoji: '👀', name: 'eyes' }, { emoji: '😂', name: 'joy' }];

const names = new Map<string, EmojiName>(allEmoji.map(({ emoji, name }) => [emoji, name]));

/** An emoji's name, where it is one of those that are offered. */
export function emojiNamed(emoji: string): EmojiName | null {
  return names.get(emoji) ?? null;
}

const byName = new Map<string, string>(allEmoji.map(({ emoji, name }) => [name, emoji]));

/** Names between colons, several in a row too; none within a word or a path, as `:bug:` in `crate::bug::fix`. */
const written = new RegExp(`(?<![\\w:])(?::(?:${[...byName.keys()].join('|')}):)+(?![\\w:])`, 'gu');

/** A text with the emoji in the place of their names, as in `:tada:`. Other names stay as they are. */
export function withEmoji(text: string): string {
  return text.includes(':') ? text.replace(written, (run) => run.replace(/:(\w+):/g, (name, word: string) => byName.get(word) ?? name)) : text;
}
