import { Select as AntSelect, type SelectProps } from 'antd';
import type { RefSelectProps } from 'antd/es/select';
import { type Ref, useState } from 'react';

type Props<V> = SelectProps<V> & { readonly ref?: Ref<RefSelectProps> | undefined };

/**
 * antd's field to choose one in, with two differences. Its list is called what the field is called: to whom it is read out it would have no
 * name. And a choice closes the list at once, as Enter does where nothing can be chosen yet: antd closes it a moment later, and takes Tab for
 * another choice until then, so that somebody who types fast would write the next field into this one.
 */
export function Select<V>({ ref, onOpenChange, onSelect, onInputKeyDown, ...props }: Props<V>) {
  const [open, setOpen] = useState(false);
  const turn = (to: boolean) => {
    setOpen(to);
    if (to && props.id !== undefined) nameList(props.id);
    onOpenChange?.(to);
  };
  const select: Required<SelectProps<V>>['onSelect'] = (...chosen) => {
    turn(false);
    onSelect?.(...chosen);
  };
  const press: Required<SelectProps<V>>['onInputKeyDown'] = (event) => {
    if (event.key === 'Enter' && open) turn(false);
    onInputKeyDown?.(event);
  };
  const handlers = { onOpenChange: turn, onSelect: select, onInputKeyDown: press };
  return <AntSelect<V> {...props} {...(ref !== undefined && { ref })} {...handlers} open={open} />;
}

function nameList(id: string): void {
  requestAnimationFrame(() => {
    const label = document.querySelector(`label[for="${CSS.escape(id)}"]`)?.textContent ?? '';
    document.getElementById(`${id}_list`)?.setAttribute('aria-label', label);
  });
}
