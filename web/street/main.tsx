import { Gate } from '../console/gate.tsx';
import { start } from '../console/setup.tsx';
import { Street } from './street.tsx';
import './street.css';

start(
  <Gate title="街道工作台" admits={({ kind, community }) => kind === 'officer' && community === null}>
    <Street />
  </Gate>,
);
