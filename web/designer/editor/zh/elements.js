// The elements of BPMN by the names that the libraries give them, in the words of the Chinese edition of the standard.

const KINDS = {
  '': '', message: '消息', timer: '定时', conditional: '条件', signal: '信号', error: '错误', escalation: '升级', compensation: '补偿', compensate: '补偿',
  link: '链接', cancel: '取消', terminate: '终止', multiple: '多重', 'parallel multiple': '并行多重',
}
const PLACES = {
  'start event': '开始事件', 'intermediate throw event': '中间抛出事件', 'intermediate catch event': '中间捕获事件', 'boundary event': '边界事件', 'end event': '结束事件',
}
const TASKS = { '': '', user: '用户', service: '服务', send: '发送', receive: '接收', manual: '手工', 'business rule': '业务规则', script: '脚本' }

const events = Object.entries(KINDS).flatMap(([kind, said]) => Object.entries(PLACES).flatMap(([place, where]) => [
  [`${kind} ${place}`, said + where],
  [`${kind} ${place} (non interrupting)`, `${said}${where}（不中断）`],
]))
const tasks = Object.entries(TASKS).map(([kind, said]) => [`${kind} task`, `${said}任务`])

export const ELEMENTS = {
  ...Object.fromEntries([...events, ...tasks]),
  'Process': '流程',
  'Collaboration': '协作图',
  'Participant': '参与者（泳池）',
  'Lane': '泳道',
  'Group': '分组',
  'Text annotation': '文本注释',
  'Association': '关联',
  'Data input association': '数据输入关联',
  'Data output association': '数据输出关联',
  'Message flow': '消息流',
  'Sequence flow': '顺序流',
  'Default flow': '默认流',
  'Conditional flow': '条件流',
  'Call activity': '调用活动',
  'Transaction': '事务子流程',
  'Event sub-process': '事件子流程',
  'Sub-process': '子流程',
  'Sub-process (collapsed)': '子流程（折叠）',
  'Sub-process (expanded)': '子流程（展开）',
  'Collapsed sub-process': '子流程（折叠）',
  'Expanded sub-process': '子流程（展开）',
  'Ad-hoc sub-process': '特别子流程',
  'Ad-hoc sub-process (collapsed)': '特别子流程（折叠）',
  'Ad-hoc sub-process (expanded)': '特别子流程（展开）',
  'Collapsed ad hoc sub process': '特别子流程（折叠）',
  'Expanded ad hoc sub process': '特别子流程（展开）',
  'Exclusive gateway': '排他网关',
  'Parallel gateway': '并行网关',
  'Inclusive gateway': '包容网关',
  'Complex gateway': '复杂网关',
  'Event-based gateway': '事件网关',
  'Data store reference': '数据存储',
  'Data object reference': '数据对象',
  'Data input': '数据输入',
  'Data output': '数据输出',
  'Expanded pool/participant': '泳池（展开）',
  'Empty pool/participant': '空泳池',
  'Label': '标签',
}
