// Package pipetest writes pipelines in short lines, for tests:
//
//	deal D stage=proposal amount=9000 owner=ana
//	call c1 D 2026-03-02 given:first_meeting@2026-03-09
//	activity a1 D 2026-03-02 email
//	move m1 D 2026-03-03 target>discovery
//	closedate x1 D 2026-03-03 2026-06-30
//	closedate x2 D 2026-05-03 2026-06-30>2026-09-30
//	duplicate activities a1 D
//	orphan activities a9 D
//
// A day means its noon in UTC; a time is written 2026-03-02T10:00:00Z.
package pipetest
