import { describeEnvironment } from "./environment";

describeEnvironment("dev");
