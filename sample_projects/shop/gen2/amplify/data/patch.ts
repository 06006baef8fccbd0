/**
 * A change of the SDL that `a.schema` makes, for what it has no words for.
 *
 * The place is a type (`Post`: what stands before its fields) or a field (`Post.comments`). `found` is replaced by
 * `wanted`; without `found`, `wanted` is added at the end; without both, the field or the whole type is taken out. A `field` is added to a type, after its own.
 */
export type Patch = { place: string; found?: string; wanted?: string; field?: string };

/** The SDL with every patch made. A place that is not as expected is an error, so that nothing gets lost. */
export function patched(sdl: string, patches: Patch[]): string {
  return patches.reduce(apply, sdl);
}

function apply(sdl: string, { place, found, wanted, field }: Patch): string {
  const [start, end] = span(sdl, place, !found && !wanted);
  if (field) {
    return `${sdl.slice(0, end - 2)}\n  ${field}${sdl.slice(end - 2)}`;
  }
  const text = sdl.slice(start, end);
  return sdl.slice(0, start) + changed(text, place, found, wanted) + sdl.slice(end);
}

function changed(text: string, place: string, found = '', wanted = ''): string {
  if (!found) {
    return wanted && `${text.trimEnd()} ${wanted}`;
  }
  if (text.split(found).length !== 2) {
    throw new Error(`'${found}' is not at ${place}: adapt amplify/data/deployed.ts to the changed schema.`);
  }
  return text.replace(found, () => wanted);
}

/** Where a type's head or a field begins and ends; with `whole`, a type with its fields. */
function span(sdl: string, place: string, whole: boolean): [number, number] {
  const [type, field] = place.split('.');
  const head = new RegExp(`^type ${type}\\b[^]*?(?=\\s*\\{\\n)`, 'm').exec(sdl);
  const start = head ? head.index + head[0].length : sdl.length;
  const end = sdl.indexOf('\n}', start);
  if (head && !field) {
    return [head.index, whole ? end + 2 : start];
  }
  const body = sdl.slice(start, end);
  const found = new RegExp(`\\n  ${field}[:(][^]*?(?=\\n  \\w+[:(]|$)`).exec(body);
  if (!found) {
    throw new Error(`The schema has no ${place}: adapt amplify/data/deployed.ts to the changed schema.`);
  }
  return [start + found.index, start + found.index + found[0].length];
}
