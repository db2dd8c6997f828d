// What stands below a field of the panel: how our dialect understands it.
export const hints = {
  assignmentDefinitionCandidateGroups: () => '不填时，任务进入所在泳道名称的队列。可写“居村”，也可写“居村@陈坊村”，或者用 FEEL 算出。',
  assignmentDefinitionAssignee: () => '一般不填，由队列里的人签收。',
  formId: () => '表单文件的标识，如 accept_report；在“流程设计”的表单里可以看到。',
  targetProcessId: () => '被调用流程的标识。',
  decisionId: () => 'DMN 决策的标识。',
  taskDefinitionType: () => '以 local: 开头的由本系统在同一步里完成；其他的由程序领取。',
  messageSubscriptionCorrelationKey: () => 'FEEL 表达式，写等号。消息带着同样的值时送到这个案件，如 =case_no。',
  conditionExpression: () => 'FEEL 表达式，写等号，如 =level = "重大"。',
  timerEventDefinitionValue: () => '期限按 FEEL 函数 deadline 推算，如 =deadline(now(), 3, "wd").at。',
}
