// The sign of negative numbers where people read them: U+2212, as wide as a plus, where a hyphen could be a dash.

/** A number's text with a true minus sign: `-0.42` → `−0.42`; exponents stay as programs write them. */
export const withMinus = (number: string): string => number.replace(/^-/, '−');

/**
 * Text with a true minus sign before each number that has a hyphen for one: `[-0.59, -0.25]` → `[−0.59, −0.25]`. Words
 * (`salt-pepper-2`), dates and exponents keep their hyphens.
 */
export const minusInText = (text: string): string => text.replace(/(?<![\p{L}\p{N}_.)-])-(?=\.?\d)/gu, '−');
