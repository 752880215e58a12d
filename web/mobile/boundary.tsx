import { Component, type ReactNode } from 'react';
import { Failed } from './states.tsx';

type Props = { readonly children: ReactNode };

/** A part of the page that fails, or cannot be loaded, says so; the rest of the page stays. */
export class Boundary extends Component<Props, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <Failed error={this.state.error} retry={() => location.reload()} />;
  }
}
