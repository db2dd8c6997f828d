import { PANEL } from '../designer/editor/zh/panel.js'

// What libraries say in English, word for word as it stands in their files, and what ours say instead.
// "Powered by bpmn.io" stays: the licence asks for the mark as it is.
export const FORM_VIEWER = [
  ["'Field is required.'", "'请填写此项。'"],
  ['`Field must match pattern ${validation.pattern}.`', '`格式不符合要求。`'],
  ['`Field must have minimum value of ${validation.min}.`', '`不能小于 ${validation.min}。`'],
  ['`Field must have maximum value of ${validation.max}.`', '`不能大于 ${validation.max}。`'],
  ["'Min validation value is not a valid number.'", "'最小值算不出来，请联系流程设计人员。'"],
  ["'Max validation value is not a valid number.'", "'最大值算不出来，请联系流程设计人员。'"],
  ['`Field must have minimum length of ${validation.minLength}.`', '`至少填写 ${validation.minLength} 个字。`'],
  ['`Field must have maximum length of ${validation.maxLength}.`', '`最多填写 ${validation.maxLength} 个字。`'],
  ["'Field must be a valid  international phone number. (e.g. +4930664040900)'", "'应为带国际区号的电话号码，如 +8613800138000。'"],
  ["'Field must be a valid email.'", "'应为电子邮箱地址。'"],
  ["'Value is not a number.'", "'应为数字。'"],
  [
    "'Value is expected to ' + (decimalDigits === 0 ? 'be an integer' : `have at most ${decimalDigits} decimal digit${decimalDigits > 1 ? 's' : ''}`) + '.'",
    "(decimalDigits === 0 ? '应为整数。' : `最多保留 ${decimalDigits} 位小数。`)",
  ],
  [
    '`Please select a valid value, the two nearest valid values are ${previousValue} and ${nextValue}.`',
    '`最接近的可填数值是 ${previousValue} 和 ${nextValue}。`',
  ],
  ["'Date and time must both be entered.'", "'日期和时间都要填写。'"],
  ["dateFormat: getLocaleDateFlatpickrConfig()", "dateFormat: 'Y-m-d'"],
  ["placeholder: getLocaleReadableDateFormat()", "placeholder: '年-月-日'"],
  ["use24h ? 'hh:mm' : 'hh:mm --'", "'时:分'"],
  ["emptyListMessage = 'No results'", "emptyListMessage = '没有匹配的选项'"],
  ["'No results' : 'All values selected'", "'没有匹配的选项' : '已全部选中'"],
  ["placeholder: 'Search'", "placeholder: '输入以查找'"],
  ["undefined : 'Search'", "undefined : '输入以查找'"],
  ["valueLabel || 'Select'", "valueLabel || '请选择'"],
  ['label: "Skip to search"', 'label: "跳到查找"'],
  ['title: "Remove tag"', 'title: "移除"'],
  ["'No options source defined in the form definition'", "'此项没有可选内容，请联系流程设计人员。'"],
  ['"No content to show."', '"没有内容。"'],
  ['"External content couldn\'t be loaded."', '"外部内容未能载入。"'],
  ['"This is an image placeholder"', '"图片"'],
  ["'Nothing to show.'", "'没有内容。'"],
  ['"Nothing to show."', '"没有内容。"'],
  ['[currentPage + 1, " of ", chunkedData.length]', '["第 ", currentPage + 1, " 页，共 ", chunkedData.length, " 页"]'],
  ['"aria-label": "Previous page"', '"aria-label": "上一页"'],
  ['"aria-label": "Next page"', '"aria-label": "下一页"'],
  ['`Click to sort by ${label} descending`', '`按「${label}」从大到小排列`'],
  ["'Click to remove sorting'", "'恢复原来的顺序'"],
  ['`Click to sort by ${label} ascending`', '`按「${label}」从小到大排列`'],
  ['"aria-label": "Increment"', '"aria-label": "加"'],
  ['"aria-label": "Decrement"', '"aria-label": "减"'],
  ['children: "Browse"', 'children: "选择文件"'],
  ["'No files selected'", "'尚未选择文件'"],
  ['`${files.length} files selected`', '`已选 ${files.length} 个文件`'],
  ["'Document reference is not defined.'", "'没有可预览的文件。'"],
  ["'Unable to download document'", "'文件未能下载。'"],
  ['`Download ${fileName}`', '`下载 ${fileName}`'],
  ["'Add new'", "'增加一行'"],
  ['`Expand all (${values.length - 1})`', '`全部展开（${values.length - 1}）`'],
  ["'Collapse'", "'收起'"],
  ['`Remove list item ${itemIndex + 1}`', '`删除第 ${itemIndex + 1} 行`'],
]

// CodeMirror's styles, as sheets that a script constructs: the policy of our pages lets no <style> in that a script writes.
export const STYLE_MOD = [['!root.head && root.adoptedStyleSheets', 'root.adoptedStyleSheets']]

// The panel of another dialect, in the same file as ours: without this line nothing needs it, and the build leaves it out.
export const CAMUNDA_7 = [["CamundaPlatformPropertiesProvider.$inject = ['propertiesPanel', 'injector'];", '']]

// Some parts of the panel are not given the diagram's `translate`, and take this one.
const ASKED = 'replacements = replacements || {};'
export const PROPERTIES_PANEL = [[ASKED, `template = (${JSON.stringify(PANEL)})[template] ?? template;\n  ${ASKED}`]]

// What the tools of diagrams and tables do not ask anybody about.
export const MENUS = [["title || 'Results'", "title || '可选的类型'"]]
export const TABLE_MENU = [['"aria-label": "Decision table context menu"', '"aria-label": "决策表的菜单"']]
export const TABLE_COLUMNS = [["`Move ${isInput(col) ? 'Input' : 'Output'}`", "(isInput(col) ? '移动输入列' : '移动输出列')"]]
export const TABLE_LIST = [['"title": "Remove item"', '"title": "删除此项"']]
