/** The parts of ECharts that the consoles' pictures are made of: loaded with the first picture that is shown. */
import { BarChart, GraphChart, LineChart, SankeyChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use as enable } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

enable([BarChart, GraphChart, LineChart, SankeyChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

export { init };
