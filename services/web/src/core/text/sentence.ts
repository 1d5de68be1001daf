/**
 * What is wrong with a field, as a sentence. The API's words go on from the field's name: "must be 1 or more,
 * not 0" becomes "Must be 1 or more, not 0."
 */
export function sentence(words: string): string {
  const text = words.trim();
  if (text === "") return "";
  return `${text[0]?.toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? "" : "."}`;
}
