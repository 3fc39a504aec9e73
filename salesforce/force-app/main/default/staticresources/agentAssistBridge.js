/**
 * The Visualforce page's half of the widget. It frames the widget, proves itself to it and it to itself, and carries
 * records between it and the Lightning web component. Everything of the platform comes as `ports`, so that the same
 * file runs in a test:
 *
 *   recordId, container, publish(record), subscribe(handler), exchange() -> Promise<session>, say(text),
 *   sandbox (optional: attribute of the frame)
 *
 * A session is {access_token, expires_in, widget_url, realtime_url, agent}. It is kept in memory only, and goes to the
 * widget over a MessageChannel that was given to a window of the widget's own origin and nobody else.
 */
((root) => {
  "use strict";

  var VERSION = 1;
  var FROM_PAGE = "omnibots.page";
  var FROM_WIDGET = "omnibots.widget";
  /** A token that has less life left is fetched anew. */
  var LEAST_LIFE_MS = 60000;
  var COMPONENT_WITHIN_MS = 5000;
  var COMMAND_WITHIN_MS = 8000;
  var COMMANDS = { send: true, insert: true, save: true, find: true };
  var LONGEST_TEXT = 4000;

  function nonce() {
    var bytes = root.crypto.getRandomValues(new Uint8Array(16));
    return Array.prototype.map.call(bytes, (byte) => `0${byte.toString(16)}`.slice(-2)).join("");
  }

  function parsed(text) {
    try {
      return JSON.parse(text) || {};
    } catch (_error) {
      return {};
    }
  }

  /** Pages give ids of 15 or of 18 characters; the last three only say which letters are capitals. */
  function longId(id) {
    if (!/^[a-zA-Z0-9]{15}$/.test(id)) return id;
    const suffix = [0, 5, 10].map((from) => {
      const capitals = Array.from(id.slice(from, from + 5), (letter) => (/[A-Z]/.test(letter) ? 1 : 0));
      return "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[
        capitals.reduce((sum, bit, place) => sum + bit * 2 ** place, 0)
      ];
    });
    return id + suffix.join("");
  }

  function start(ports) {
    var recordId = longId(ports.recordId);
    var frame;
    var origin;
    var link;
    var component;
    var session;
    var exchanging;
    var waiting = {};
    var absent;

    // --- the token -------------------------------------------------------------------------------------------

    function currentSession(conversationId) {
      if (conversationId !== recordId)
        return Promise.reject({ message: "This page shows another conversation.", retryable: false });
      if (session && session.endsAt - Date.now() > LEAST_LIFE_MS && !session.given) {
        session.given = true;
        return Promise.resolve(session);
      }
      if (!exchanging) {
        exchanging = ports.exchange().then(
          (answer) => {
            exchanging = undefined;
            session = answer;
            session.endsAt = Date.now() + answer.expires_in * 1000;
            return session;
          },
          (error) => {
            exchanging = undefined;
            throw error;
          },
        );
      }
      return exchanging.then((fresh) => {
        fresh.given = true;
        return fresh;
      });
    }

    function tokenAnswer(fresh) {
      return {
        token: fresh.access_token,
        expiresInSeconds: Math.max(1, Math.floor((fresh.endsAt - Date.now()) / 1000)),
        realtimeUrl: fresh.realtime_url,
        agent: fresh.agent,
      };
    }

    // --- the widget ------------------------------------------------------------------------------------------

    function tell(type, payload) {
      if (!link?.ready) return;
      link.port.postMessage({
        source: FROM_PAGE,
        version: VERSION,
        type: type,
        nonce: link.theirs,
        payload: payload,
      });
    }

    function answer(id, result) {
      tell("answer", Object.assign({ id: id }, result));
    }

    function fail(id, error) {
      var reason = String(error?.message || "Salesforce did not answer.").slice(0, 400);
      answer(id, { ok: false, reason: reason, retryable: error?.retryable !== false });
    }

    function onWidget(data) {
      if (
        !link ||
        !data ||
        data.source !== FROM_WIDGET ||
        data.version !== VERSION ||
        data.nonce !== link.ours
      )
        return;
      if (data.type === "ready" && !link.ready) {
        link.ready = true;
        sync();
      } else if (data.type === "ask" && link.ready) ask(data.payload || {});
    }

    function ask(payload) {
      var id = String(payload.id);
      if (payload.what === "token") {
        currentSession(payload.conversationId).then(
          (fresh) => {
            answer(id, { ok: true, value: tokenAnswer(fresh) });
          },
          (error) => {
            fail(id, error);
          },
        );
        return;
      }
      if (!COMMANDS[payload.what] || payload.conversationId !== recordId)
        return fail(id, { message: "This page cannot do that.", retryable: false });
      if (typeof payload.text !== "string" || payload.text.length > LONGEST_TEXT)
        return fail(id, { message: "The text is too long.", retryable: false });
      command(id, payload);
    }

    /** Where the browser hides the frame's origin, only that frame's window is left to know it by. */
    function isWidget(event) {
      if (!frame || event.source !== frame.contentWindow) return false;
      return event.origin === origin || (event.origin === "null" && isOpaque());
    }

    function isOpaque() {
      return frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin");
    }

    function onWindow(event) {
      var data = event.data;
      if (!isWidget(event) || !data || data.source !== FROM_WIDGET || data.version !== VERSION) return;
      if (data.type !== "hello" || typeof data.nonce !== "string" || data.nonce.length > 200) return;
      // The frame was loaded anew, or calls again because it has not heard us: the old channel is worth nothing.
      if (link) link.port.close();
      var channel = new root.MessageChannel();
      link = { port: channel.port1, theirs: data.nonce, ours: nonce(), ready: false };
      channel.port1.onmessage = (message) => {
        onWidget(message.data);
      };
      frame.contentWindow.postMessage(
        {
          source: FROM_PAGE,
          version: VERSION,
          type: "welcome",
          nonce: link.theirs,
          payload: { nonce: link.ours },
        },
        isOpaque() ? "*" : origin,
        [channel.port2],
      );
    }

    // --- the component ---------------------------------------------------------------------------------------

    function publish(to, type, body) {
      ports.publish({
        recordId: recordId,
        to: to,
        from: "page",
        type: type,
        body: JSON.stringify(body || {}),
      });
    }

    function sync() {
      publish("component", "sync");
      clearTimeout(absent);
      absent = setTimeout(() => {
        if (!component)
          tell("component", {
            present: false,
            detail: "The Agent Assist component is not on this page, so its messages cannot be followed.",
          });
      }, COMPONENT_WITHIN_MS);
    }

    function command(id, payload) {
      if (!component)
        return fail(id, { message: "The Agent Assist component is not on this page.", retryable: true });
      waiting[id] = setTimeout(() => {
        delete waiting[id];
        answer(id, {
          ok: false,
          reason: "Salesforce did not answer in time.",
          retryable: true,
          unknown: true,
        });
      }, COMMAND_WITHIN_MS);
      publish(component, "command", payload);
    }

    function onRecord(record) {
      if (!record || record.recordId !== recordId || record.to !== "page") return;
      // The same record may be open twice; one component is enough, and only one may act.
      if (record.type === "here" && !component) {
        component = record.from;
        tell("component", { present: true });
      }
      if (record.from === component) hear(record.type, parsed(record.body));
    }

    function hear(type, body) {
      if (type === "message" || type === "ended")
        tell(type, Object.assign({ conversationId: recordId }, body));
      if (type === "context") tell("context", contextOf(body));
      if (type === "answer") settle(body);
      if (type === "gone") {
        component = undefined;
        sync();
      }
    }

    function settle(body) {
      if (!waiting[body.id]) return;
      clearTimeout(waiting[body.id]);
      delete waiting[body.id];
      answer(body.id, body);
    }

    /** Who is at work is what the token says; the component's word on it is not needed. */
    function contextOf(body) {
      var known = { conversationId: recordId };
      if (session?.agent) known.agent = session.agent;
      if (body.queue?.id) known.queue = body.queue;
      if (body.language) known.language = body.language;
      return known;
    }

    // --- beginning -------------------------------------------------------------------------------------------

    function open() {
      ports.say("");
      return currentSession(recordId).then(
        (fresh) => {
          // The widget asks for it again once it is there.
          fresh.given = false;
          var address = new root.URL(fresh.widget_url);
          origin = address.origin;
          frame = root.document.createElement("iframe");
          frame.title = "Agent Assist";
          frame.allow = "clipboard-write";
          frame.referrerPolicy = "origin";
          if (ports.sandbox !== undefined) frame.setAttribute("sandbox", ports.sandbox);
          frame.src = address.href;
          ports.container.appendChild(frame);
        },
        (error) => {
          ports.say(
            `Agent Assist could not be opened: ${error?.message || "Salesforce did not answer."}`,
            open,
          );
        },
      );
    }

    root.addEventListener("message", onWindow);
    ports.subscribe(onRecord);
    return open();
  }

  root.AgentAssistBridge = { start: start };
})(window);
