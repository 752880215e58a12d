import { Gate } from '../console/gate.tsx';
import { Frame } from '../console/frame.tsx';
import { start } from '../console/setup.tsx';

start(
  <Gate title="社区工作台" admits={({ kind, community }) => kind === 'officer' && community !== null}>
    <Frame office="社区工作台" sections={[]} />
  </Gate>,
);
