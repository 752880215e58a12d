export { ResidentPicker } from '../../console/resident-picker.tsx';
