({
  onWorkAccepted: (component, event, helper) => {
    helper.tell(component, event.getParam("workItemId"), event.getParam("workId"));
  },
});
