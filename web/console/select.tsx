import { Select as AntSelect, type SelectProps } from 'antd';
import type { RefSelectProps } from 'antd/es/select';
import type { Ref } from 'react';

/** antd's field to choose in, whose list is called what the field is called: to whom it is read out it would have no name. */
export function Select<V>({ ref, onOpenChange, ...props }: SelectProps<V> & { readonly ref?: Ref<RefSelectProps> | undefined }) {
  const opened = (open: boolean) => {
    if (open && props.id !== undefined) nameList(props.id);
    onOpenChange?.(open);
  };
  return <AntSelect<V> {...props} {...(ref !== undefined && { ref })} onOpenChange={opened} />;
}

function nameList(id: string): void {
  requestAnimationFrame(() => {
    const label = document.querySelector(`label[for="${CSS.escape(id)}"]`)?.textContent ?? '';
    document.getElementById(`${id}_list`)?.setAttribute('aria-label', label);
  });
}
