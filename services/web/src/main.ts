import "./styles/index.css";
import { startApp } from "./app/start.ts";

const root = document.getElementById("app");
if (root) startApp(root);
