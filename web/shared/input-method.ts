/** Keys that belong to an input method: Enter puts what it has composed into the field, and must do nothing else in the page. */

/** Keys that do something in the page, besides writing: they send a form, choose in a list, or start again. */
const ACTING: ReadonlySet<string> = new Set(['Enter', 'Tab', 'Escape']);

/** Code 229 says the same as `isComposing`; Safari has only this for the Enter that ends a composition. */
const PROCESSED = 229;

function ofInputMethod({ key, isComposing, keyCode }: KeyboardEvent): boolean {
  return ACTING.has(key) && (isComposing || keyCode === PROCESSED);
}

function hear(event: KeyboardEvent): void {
  if (!ofInputMethod(event)) return;
  event.stopImmediatePropagation();
  if (event.key === 'Enter') event.preventDefault();
}

/** From now on no handler of the page gets such a key, and no form is sent by it. To be called before there is anything on the page. */
export function leaveKeysToInputMethod(): void {
  addEventListener('keydown', hear, true);
}
