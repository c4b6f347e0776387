/** Mantine, dressed in the tokens: every colour it shows is one of `tokens.css`. */
import {
  createTheme, defaultVariantColorsResolver,
  type CSSVariablesResolver, type MantineColorsTuple, type VariantColorResolverResult, type VariantColorsResolver,
} from '@mantine/core';

/** The meanings a control's `color` may have. */
const tones = ['accent', 'good', 'warn', 'bad', 'live'] as const;
type Tone = (typeof tones)[number];

function isTone(color: string): color is Tone {
  return (tones as readonly string[]).includes(color);
}

function shades(tone: Tone): MantineColorsTuple {
  const shade = `var(--${tone})`;
  return [shade, shade, shade, shade, shade, shade, shade, shade, shade, shade];
}

const greys: MantineColorsTuple = [
  'var(--sunk)', 'var(--sunk)', 'var(--line)', 'var(--line)', 'var(--line-strong)',
  'var(--ink-3)', 'var(--ink-3)', 'var(--ink-2)', 'var(--ink)', 'var(--ink)',
];
const darks: MantineColorsTuple = [
  'var(--ink)', 'var(--ink-2)', 'var(--ink-3)', 'var(--ink-3)', 'var(--line-strong)',
  'var(--line)', 'var(--panel)', 'var(--panel)', 'var(--sunk)', 'var(--bg)',
];
const clear = '1px solid transparent';

function paintTone(tone: Tone, variant: string): VariantColorResolverResult | null {
  const text = tone === 'accent' ? 'var(--accent-text)' : `var(--${tone})`;
  const soft = tone === 'live' ? 'var(--bad-soft)' : `var(--${tone}-soft)`;
  const hover = tone === 'accent' || tone === 'bad' ? `var(--${tone}-hover)` : `var(--${tone})`;
  const ink = tone === 'good' || tone === 'warn' ? 'var(--panel)' : `var(--${tone}-ink)`;
  if (variant === 'filled') return { background: `var(--${tone})`, hover, color: ink, border: clear };
  if (variant === 'light') return { background: soft, hover: soft, color: text, border: clear };
  if (variant === 'subtle') return { background: 'transparent', hover: soft, color: text, border: clear };
  if (variant === 'outline') return { background: 'transparent', hover: soft, color: text, border: `1px solid ${text}` };
  return null;
}

const paint: VariantColorsResolver = (input) => {
  const color = input.color ?? 'accent';
  const painted = isTone(color) ? paintTone(color, input.variant) : null;
  if (painted !== null) return painted;
  if (color === 'gray' && (input.variant === 'subtle' || input.variant === 'light')) {
    const background = input.variant === 'light' ? 'var(--sunk)' : 'transparent';
    return { background, hover: 'var(--hover)', color: 'var(--ink-2)', border: clear };
  }
  return defaultVariantColorsResolver(input);
};

/** The theme given to MantineProvider. */
export const theme = createTheme({
  primaryColor: 'accent',
  // Mantine's own greys, so that no part of it keeps a tone of its own.
  colors: { gray: greys, dark: darks, accent: shades('accent'), good: shades('good'), warn: shades('warn'), bad: shades('bad'), live: shades('live') },
  variantColorResolver: paint,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: { xs: 'var(--text-small)', sm: 'var(--text-body)', md: 'var(--text-body)', lg: 'var(--text-lead)', xl: 'var(--text-title)' },
  headings: { fontFamily: 'var(--font)', fontWeight: '680' },
  defaultRadius: 'md',
  radius: { md: 'var(--radius)', lg: 'var(--radius-large)' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  // By name, not by `Component.extend`: importing them here would load every one of them with the first page.
  components: {
    Button: { defaultProps: { size: 'sm' } },
    // Its placeholder for the first focus is no item, which a menu may not hold; the first item takes the focus.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { openDelay: 350, transitionProps: { duration: 100 } } },
    // Locking the page's scrolling injects a style the page's policy forbids; the frame does not scroll behind a dialog anyway.
    Modal: { defaultProps: { lockScroll: false, centered: true, radius: 'lg', transitionProps: { duration: 120 } } },
    Drawer: { defaultProps: { lockScroll: false, transitionProps: { duration: 120 } } },
  },
});

const colors = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-default': 'var(--panel)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'var(--sunk)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-contrast': 'var(--accent-ink)',
};

/** Mantine's own variables, pointed at the tokens in both themes. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: { '--mantine-line-height': 'var(--leading)', '--mantine-shadow-md': 'var(--shadow)' },
  light: colors,
  dark: colors,
});
