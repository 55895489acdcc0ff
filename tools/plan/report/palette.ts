/** Colours of the report. Every pair that carries text meets WCAG AA in both schemes; a test computes it. */

/** Names of the colours; each is a CSS variable. */
export const COLORS = [
    "page",
    "surface",
    "sunken",
    "ink",
    "muted",
    "line",
    "edge",
    "accent",
    "accent-soft",
    "ok",
    "ok-soft",
    "warn",
    "warn-soft",
    "bad",
    "bad-soft",
    "public",
    "private",
    "pod",
    "isolated",
    "nat",
    "plane",
] as const;
/** Name of a colour. */
export type Color = (typeof COLORS)[number];

/** Colours on a light page. */
export const LIGHT: Readonly<Record<Color, string>> = {
    page: "#f5f6f8",
    surface: "#ffffff",
    sunken: "#eef0f4",
    ink: "#171b21",
    muted: "#525c69",
    line: "#d5dae1",
    edge: "#6d7887",
    accent: "#1c55c8",
    "accent-soft": "#e6eefc",
    ok: "#136b34",
    "ok-soft": "#e0f4e7",
    warn: "#7d4e00",
    "warn-soft": "#fdf0d3",
    bad: "#b3202c",
    "bad-soft": "#fde7e8",
    public: "#e1f1e6",
    private: "#e3ecfb",
    pod: "#eee7fa",
    isolated: "#eceef1",
    nat: "#fbedcf",
    plane: "#efe8fb",
};

/** Colours on a dark page. */
export const DARK: Readonly<Record<Color, string>> = {
    page: "#0f1318",
    surface: "#171c23",
    sunken: "#1f262f",
    ink: "#e8ecf1",
    muted: "#a3afbd",
    line: "#323b47",
    edge: "#7f8c9b",
    accent: "#8ab6ff",
    "accent-soft": "#1a2c49",
    ok: "#66d68c",
    "ok-soft": "#14301f",
    warn: "#f0c060",
    "warn-soft": "#38290b",
    bad: "#ff9a98",
    "bad-soft": "#421a1d",
    public: "#17352a",
    private: "#1a2d4b",
    pod: "#2b2347",
    isolated: "#262d36",
    nat: "#3a2d12",
    plane: "#2e2549",
};

/** Colours that text has on which backgrounds. */
export const TEXT_PAIRS: readonly (readonly [text: Color, background: Color])[] = [
    ...(["ink", "muted", "accent", "ok", "warn", "bad"] as const).flatMap((text) =>
        (["page", "surface", "sunken"] as const).map((background) => [text, background] as const),
    ),
    ...(["public", "private", "pod", "isolated", "nat", "plane"] as const).flatMap((background) => [
        ["ink", background] as const,
        ["muted", background] as const,
    ]),
    ["ok", "ok-soft"],
    ["warn", "warn-soft"],
    ["bad", "bad-soft"],
    ["accent", "accent-soft"],
    ["ink", "ok-soft"],
    ["ink", "warn-soft"],
    ["ink", "bad-soft"],
];

/** Contrast of two colours after WCAG 2: 1 to 21. */
export function contrast(one: string, other: string): number {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
    return (light + 0.05) / (dark + 0.05);
}

/** The colours as declarations of CSS variables. */
export function variables(colors: Readonly<Record<Color, string>>): string {
    return COLORS.map((name) => `--${name}:${colors[name]}`).join(";");
}

function luminance(color: string): number {
    const channels = [1, 3, 5].map((start) => parseInt(color.slice(start, start + 2), 16) / 255);
    const [red = 0, green = 0, blue = 0] = channels.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
