import type { Span } from '../page-data.ts'

/** One x axis for all lanes and panels, in CSS pixels. */
export interface Layout {
  readonly width: number
  /** where second 0 stands */
  readonly left: number
  /** kept free at the right, for the names of the lines */
  readonly right: number
  readonly seconds: number
  /** a phone: names move to the key */
  readonly isNarrow: boolean
}

export function layoutFor(width: number, seconds: number): Layout {
  const isNarrow = width < 640
  return { width, seconds, isNarrow, left: isNarrow ? 58 : 56, right: isNarrow ? 6 : 44 }
}

export function plotWidth({ width, left, right }: Layout): number {
  return width - left - right
}

export function xOf(layout: Layout, ms: number): number {
  return layout.left + (ms / 1000 / layout.seconds) * plotWidth(layout)
}

/** Where a stretch of the run stands. */
export function boxOf(layout: Layout, { fromMs, toMs }: Span): { x: number; width: number } {
  const x = xOf(layout, fromMs)
  return { x, width: xOf(layout, toMs) - x }
}

/** The second under a pixel, or null beside the plot. */
export function secondAt(layout: Layout, x: number): number | null {
  const second = Math.floor(((x - layout.left) / plotWidth(layout)) * layout.seconds)
  return second < 0 || second >= layout.seconds ? null : second
}

/** Rough width of a text of 11 px, with some air. */
export function textWidth(text: string): number {
  return text.length * 6.4 + 10
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400]

/** Whole seconds that get a label on the x axis; the last one only where its label finds room. */
export function secondTicks(layout: Layout): number[] {
  const room = layout.isNarrow ? 44 : 58
  const step = STEPS_S.find((s) => (s / layout.seconds) * plotWidth(layout) > room) ?? 86_400
  const ticks = Array.from({ length: Math.floor(layout.seconds / step) + 1 }, (_, index) => index * step)
  return ticks.filter((tick) => xOf(layout, tick * 1000) + room / 4 < layout.width)
}

/** A scale from 0 with round steps, at most `most` of them. */
export function scaleFromZero(largest: number, most: number): { max: number; ticks: number[] } {
  const rough = (largest > 0 ? largest : 1) / most
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
  const steps = Math.max(1, Math.ceil((largest > 0 ? largest : 1) / step))
  return { max: steps * step, ticks: Array.from({ length: steps + 1 }, (_, index) => index * step) }
}
