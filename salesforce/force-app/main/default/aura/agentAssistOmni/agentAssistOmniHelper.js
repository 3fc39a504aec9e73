({
  /** The event gives ids of 15 characters, the record page one of 18. */
  longId: (id) => {
    if (!/^[a-zA-Z0-9]{15}$/.test(id)) return id;
    const suffix = [0, 5, 10].map((from) => {
      const capitals = Array.from(id.slice(from, from + 5), (letter) => (/[A-Z]/.test(letter) ? 1 : 0));
      return "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[
        capitals.reduce((sum, bit, place) => sum + bit * 2 ** place, 0)
      ];
    });
    return id + suffix.join("");
  },

  tell: function (component, workItemId, workId) {
    if (!workItemId) return;
    component.find("channel").publish({
      recordId: this.longId(workItemId),
      to: "component",
      from: "omni",
      type: "work",
      body: JSON.stringify({ workId: workId }),
    });
  },
});
