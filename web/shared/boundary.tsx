import { Component, type ReactNode } from 'react';

type BoundaryProps = {
  /** Shown instead of what cannot be drawn. */
  readonly failed: (error: unknown) => ReactNode;
  /** The place in the page: at another one it is tried again. */
  readonly place?: string | undefined;
  readonly children: ReactNode;
};

/** A part of a page that cannot be drawn, or cannot be loaded, says so; the rest of the page stays. */
export class Boundary extends Component<BoundaryProps, { readonly broken: boolean; readonly error: unknown }> {
  override state: { readonly broken: boolean; readonly error: unknown } = { broken: false, error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { broken: true, error };
  }

  override componentDidUpdate({ place }: BoundaryProps) {
    if (place !== this.props.place && this.state.broken) this.setState({ broken: false, error: undefined });
  }

  override render() {
    return this.state.broken ? this.props.failed(this.state.error) : this.props.children;
  }
}
