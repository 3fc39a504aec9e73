import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { ProcessPlan } from "./managed-process.ts";
import { SetupError } from "./report.ts";
import { runToEnd } from "./run-to-end.ts";
import { type Env, ROOT } from "./settings.ts";
import { findProgram } from "./system-package.ts";

/** The last long-term release that runs on Java 17, which Debian 12 has. */
export const PULSAR_VERSION = "3.0.7";
/** Maven keeps the jars themselves in its own repository; here lies the list of them. */
const FOLDER = join(ROOT, ".omnibots-pulsar");
/** 280 jars take half a minute; one that takes much longer is not worth a test run's time. */
const FETCH_TIMEOUT_MS = 180_000;

export type FoundPulsar = { java: string; classpath: string };
export type MissingPulsar = { missing: string };

/** Apache Pulsar's broker by way of Maven, from Maven's own store where it is there already. Never throws. */
export async function findPulsar(run: {
  env: Env;
  signal?: AbortSignal;
}): Promise<FoundPulsar | MissingPulsar> {
  if (run.env.PULSAR_BROKER === "off") return { missing: "PULSAR_BROKER is off" };
  const [java, mvn] = [findProgram(["java"]), findProgram(["mvn"])];
  if (!java || !isNewEnough(java)) return { missing: "Java 17 or later is not installed" };
  const known = knownClasspath();
  if (known) return { java, classpath: known };
  if (!mvn) return { missing: "Maven (mvn) is not installed" };
  const limit = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  try {
    const signal = run.signal ? AbortSignal.any([run.signal, limit]) : limit;
    const { code } = await runToEnd(mvn, mavenArguments(), { env: run.env, signal, quiet: true });
    const classpath = knownClasspath();
    return code === 0 && classpath
      ? { java, classpath }
      : { missing: "Maven could not fetch it (is the repository reachable?)" };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return { missing: limit.aborted ? "Maven had not fetched it in three minutes" : error.message };
  }
}

function isNewEnough(java: string): boolean {
  const { stderr = "" } = spawnSync(java, ["-version"], { encoding: "utf8" });
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0) >= 17;
}

const classpathFile = () => join(FOLDER, `classpath-${PULSAR_VERSION}`);

function knownClasspath(): string | undefined {
  if (!existsSync(classpathFile())) return undefined;
  const classpath = readFileSync(classpathFile(), "utf8").trim();
  return classpath !== "" && classpath.split(delimiter).every((jar) => existsSync(jar))
    ? classpath
    : undefined;
}

function mavenArguments(): string[] {
  mkdirSync(FOLDER, { recursive: true });
  const project = join(FOLDER, "pom.xml");
  writeFileSync(project, PROJECT);
  return [
    ...["--batch-mode", "--quiet", "--file", project],
    ...["dependency:build-classpath", "-DincludeScope=runtime", `-Dmdep.outputFile=${classpathFile()}`],
  ];
}

/**
 * The broker and the versions that its own build was made with: without these Maven weighs every version of some
 * libraries against every other, and does not come to an end.
 */
const PROJECT = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>tests</groupId>
  <artifactId>pulsar</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencyManagement>
    <dependencies>
      <dependency>
        <groupId>org.apache.pulsar</groupId>
        <artifactId>pulsar</artifactId>
        <version>${PULSAR_VERSION}</version>
        <type>pom</type>
        <scope>import</scope>
      </dependency>
    </dependencies>
  </dependencyManagement>
  <dependencies>
    <dependency>
      <groupId>org.apache.pulsar</groupId>
      <artifactId>pulsar-broker</artifactId>
      <version>${PULSAR_VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

export type PulsarPlace = { folder: string; ports: { broker: number; web: number } };

/** A broker of its own, on this machine alone, with its WebSocket service on; it forgets all when it starts. */
export function pulsarPlan(
  { java, classpath }: FoundPulsar,
  { folder, ports }: PulsarPlace,
  env: Env,
): ProcessPlan {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, "standalone.conf");
  writeFileSync(config, `${settingsOf(ports).join("\n")}\n`);
  return {
    name: "pulsar",
    command: java,
    args: [
      ...JAVA_OPTIONS,
      ...["-cp", classpath, "org.apache.pulsar.PulsarStandaloneStarter", "--config", config],
      // Neither functions nor streams storage; one process with its store inside.
      ...["-nfw", "-nss", "--wipe-data", "-a", "127.0.0.1"],
      ...["--metadata-dir", join(folder, "metadata"), "--bookkeeper-dir", join(folder, "bookkeeper")],
    ],
    env,
    // The namespace comes last of all that a standalone broker sets up.
    ready: async () => {
      const answer = await fetch(`http://127.0.0.1:${ports.web}/admin/v2/namespaces/public`);
      return answer.ok && (await answer.text()).includes("public/default");
    },
  };
}

function settingsOf({ broker, web }: PulsarPlace["ports"]): string[] {
  return [
    "clusterName=standalone",
    `brokerServicePort=${broker}`,
    `webServicePort=${web}`,
    "bindAddress=127.0.0.1",
    "advertisedAddress=127.0.0.1",
    "webSocketServiceEnabled=true",
    "allowAutoTopicCreation=true",
    "loadBalancerEnabled=false",
    ...["EnsembleSize", "WriteQuorum", "AckQuorum"].map((each) => `managedLedgerDefault${each}=1`),
    // A disk that is nearly full is no reason for a test's broker to refuse.
    "diskUsageThreshold=0.99",
  ];
}

const open = (names: string, module = "java.base") =>
  names.split(" ").map((name) => `--add-opens=${module}/${name}=ALL-UNNAMED`);

const METADATA = "org.apache.pulsar.metadata.bookkeeper.PulsarMetadata";

const JAVA_OPTIONS = [
  "-Xmx512m",
  "-XX:+UseSerialGC",
  ...open("java.io java.util.zip java.nio jdk.internal.misc sun.net"),
  ...open("sun.management", "java.management"),
  "-Dio.netty.tryReflectionSetAccessible=true",
  `-Dbookkeeper.metadata.bookie.drivers=${METADATA}BookieDriver`,
  `-Dbookkeeper.metadata.client.drivers=${METADATA}ClientDriver`,
];
